using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// The sums of w z z' over the rows of a data set, z = [1; x; y] and w a row's weight, held exactly. They decide every
/// least-squares question, and form a commutative group:
/// rows added in any order and any chunks give equal moments, <see cref="Merge"/> is exact, and so is
/// <see cref="Remove(Dataset)"/>.
/// Memory is proportional to the square of the number of columns, not to the rows.
/// </summary>
/// <remarks>
/// Threads may share moments that none of them changes. One that adds, merges or removes while another does gets an
/// <see cref="InvalidOperationException"/>, and nothing is lost: give each thread its own, and merge them at the end.
/// </remarks>
public sealed partial class Moments : IEquatable<Moments>
{
    private readonly Design _design;
    private readonly MomentsShape _shape; // of what may be added
    private readonly OneAtATime _changes = new("adding rows to these moments");
    private MomentsParts _parts = MomentsParts.None;
    private DecimalGram _sums;

    /// <summary>The moments of no rows.</summary>
    /// <param name="names">The names of the inputs and targets.</param>
    /// <param name="threads">The most threads that add rows; every processor's when left out. It never shows in a
    /// result.</param>
    /// <exception cref="ArgumentException">There are more columns than memory has room for.</exception>
    public Moments(VariableNames names, int? threads = null)
        : this(Design.Of(names), threads)
    {
    }

    /// <summary>
    /// The moments of no rows, with inputs that are made from columns: rows of the columns are added, and powers formed
    /// without rounding.
    /// </summary>
    /// <param name="design">The inputs, and what they are made of.</param>
    /// <param name="threads">The most threads that add rows; every processor's when left out. It never shows in a
    /// result.</param>
    /// <exception cref="ArgumentException">There are more columns than memory has room for.</exception>
    public Moments(Design design, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads ?? 1, 1, nameof(threads));
        (_design, Design) = (design, design);
        _shape = new MomentsShape(design);
        _sums = DecimalGram.Empty(design, threads ?? Environment.ProcessorCount);
    }

    /// <summary>The moments of no rows, with the default names x1.., y1...</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or both are 0.</exception>
    public Moments(int inputs, int targets)
        : this(VariableNames.Default(Setting.AtLeast(0, inputs, "number of inputs", nameof(inputs)),
            Setting.AtLeast(inputs > 0 ? 0 : 1, targets, "number of targets", nameof(targets))))
    {
    }

    /// <summary>The names of the inputs and targets.</summary>
    public VariableNames Names => _design.Names;

    /// <summary>
    /// The inputs that are squares of others, kept to see whether a target is curved along them;
    /// <see cref="WithoutSquares"/> is what a fit is made from.
    /// </summary>
    public IReadOnlyList<KeptSquare> Squares => _design.Squares;

    /// <summary>What the inputs and targets are made of.</summary>
    public Design Design { get; private init; }

    /// <summary>The number of inputs: the length of x.</summary>
    public int InputCount => Names.Inputs.Count;

    /// <summary>The number of targets: the length of y.</summary>
    public int TargetCount => Names.Targets.Count;

    /// <summary>The number of rows, as often as their frequencies say; those of weight 0 not at all.</summary>
    public long Rows { get; private set; }

    /// <summary>
    /// The pieces that these moments were loaded and merged from, in the order of their hashes. Rows that were added or
    /// removed one by one are in none; when such moments are saved, all of them become one more piece.
    /// </summary>
    public IReadOnlyList<MomentsPart> Parts => _parts.List;

    /// <summary>The moments of a data set.</summary>
    public static Moments Of(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var moments = new Moments(data.Names);
        moments.Add(data);
        return moments;
    }

    /// <summary>The moments of a data set that comes in blocks, each added while the next one comes.</summary>
    /// <param name="names">The names of the blocks' inputs and targets.</param>
    /// <param name="blocks">Blocks of rows; their sizes and order make no difference.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    public static Task<Moments> OfAsync(VariableNames names, IAsyncEnumerable<Dataset> blocks,
        CancellationToken cancellationToken = default) => OfAsync(Design.Of(names), blocks, cancellationToken);

    /// <summary>The moments of a data set that comes in blocks of columns, with inputs made from them.</summary>
    /// <param name="design">The inputs, and what they are made of.</param>
    /// <param name="blocks">Blocks of rows; their sizes and order make no difference.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    public static async Task<Moments> OfAsync(Design design, IAsyncEnumerable<Dataset> blocks,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        var moments = new Moments(design);
        var adding = Task.CompletedTask;
        try
        {
            await foreach (var block in blocks.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await adding.ConfigureAwait(false);
                adding = Task.Run(() => moments.Add(block), CancellationToken.None);
            }
        }
        finally
        {
            await adding.ConfigureAwait(false);
        }

        return moments;
    }

    /// <summary>Adds rows.</summary>
    /// <exception cref="ArgumentException">The shapes disagree, a value is not finite, or there would be more than 2^63
    /// rows; nothing is added.</exception>
    public void Add(Dataset rows) => Accumulate(_shape.RowsOf(rows), rows.Weights, 1);

    /// <summary>Adds rows of arrays as they lie, without a copy.</summary>
    /// <param name="x">Rows x inputs.</param>
    /// <param name="y">Rows x targets.</param>
    /// <exception cref="ArgumentException">The shapes disagree, or a value is not finite; nothing is added.</exception>
    public void Add(double[,] x, double[,] y) => Accumulate(_shape.RowsOf(x, y), null, 1);

    /// <summary>Adds rows that are arrays of their own, without a copy.</summary>
    /// <param name="x">One array per row, with one number per input.</param>
    /// <param name="y">One array per row, with one number per target.</param>
    /// <exception cref="ArgumentException">The shapes disagree, or a value is not finite; nothing is added.</exception>
    public void AddRows(IReadOnlyList<double[]> x, IReadOnlyList<double[]> y) =>
        Accumulate(_shape.RowsOf(x, y), null, 1);

    /// <summary>Adds rows whose columns are arrays, without a copy.</summary>
    /// <param name="x">One array per input, with one number per row.</param>
    /// <param name="y">An array per target, one number per row.</param>
    /// <exception cref="ArgumentException">The shapes disagree, or a value is not finite; nothing is added.</exception>
    public void AddColumns(IReadOnlyList<double[]> x, IReadOnlyList<double[]> y) =>
        Accumulate(_shape.RowsOfColumns(x, y), null, 1);

    /// <summary>Adds one row.</summary>
    /// <param name="x">One number per input.</param>
    /// <param name="y">One number per target.</param>
    /// <exception cref="ArgumentException">The shapes disagree, or a value is not finite; nothing is added.</exception>
    public void Add(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => Accumulate(_shape.RowOf(x, y), null, 1);

    /// <summary>Takes rows away again, exactly: what is left is as if they had never been added.</summary>
    /// <exception cref="ArgumentException">The shapes disagree, or a value is not finite; nothing is
    /// removed.</exception>
    public void Remove(Dataset rows) => Accumulate(_shape.RowsOf(rows), rows.Weights, -1);

    /// <summary>Adds the rows of other moments.</summary>
    /// <exception cref="ArgumentException">The shapes disagree.</exception>
    public void Merge(Moments other) => Combine(other, 1);

    /// <summary>Takes away the rows of other moments, exactly.</summary>
    /// <exception cref="ArgumentException">The shapes disagree.</exception>
    public void Remove(Moments other) => Combine(other, -1);

    /// <summary>The sum over rows of (w . x + b - y)^2 for each target of a map, exact but for one rounding.</summary>
    /// <exception cref="ArgumentException">The map's shape is not the data's.</exception>
    public double[] SquaredResiduals(AffineMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        _shape.RequireMap(map);
        return MomentsForms.SquaredResiduals(this, map);
    }

    /// <summary>
    /// The moments of some columns only, each an input or a target as asked for: inputs may become targets, and the
    /// other way round.
    /// </summary>
    /// <exception cref="ArgumentException">A name is not a column, or is given twice.</exception>
    public Moments Select(VariableNames names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return Like(Design.Of(names), _sums.Select(_shape.PlacesOf(names)), _parts, Design.Only(names));
    }

    /// <summary>The moments without some columns.</summary>
    public Moments Drop(params IReadOnlyCollection<string> columns) =>
        Select(new VariableNames([.. Names.Inputs.Except(columns, StringComparer.Ordinal)],
            [.. Names.Targets.Except(columns, StringComparer.Ordinal)]));

    /// <summary>The moments without the squares that are kept beside their inputs.</summary>
    public Moments WithoutSquares() => Squares.Count == 0 ? this : Drop([.. Squares.Select(square => square.Name)]);

    /// <summary>
    /// Writes these moments, exactly and with a checksum; equal moments with equal names and parts give equal bytes on
    /// every machine.
    /// </summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        MomentsFile.Write(stream, this, _sums, _parts);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="stream">The bytes; read to their end.</param>
    /// <param name="name">What messages call them.</param>
    /// <exception cref="InvalidDataException">They are no moments, of a newer version, or damaged.</exception>
    public static Moments Load(Stream stream, string name = "moments")
    {
        ArgumentNullException.ThrowIfNull(stream);
        var content = MomentsFile.Read(stream, name);
        return new Moments(content.Columns)
        { _sums = content.Sums, _parts = content.Parts, Rows = content.Rows, Design = content.Design };
    }

    /// <summary>A copy that shares nothing with this one.</summary>
    public Moments Clone() => Copy(_parts);

    /// <summary>A copy that is one piece, whatever these were merged from.</summary>
    /// <param name="label">What is to be kept of the piece: <see cref="MomentsPart.Label"/>.</param>
    public Moments AsOnePart(string label = "")
    {
        ArgumentNullException.ThrowIfNull(label);
        return Copy(MomentsParts.LooseRows with { Label = label });
    }

    /// <summary>The same rows: equal sums; names and parts are not compared.</summary>
    public bool Equals(Moments? other) =>
        other is not null && Rows == other.Rows && InputCount == other.InputCount && TargetCount == other.TargetCount
        && _sums.SameAs(other._sums);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Moments);

    /// <summary>Of the shape alone: moments change, and a set must find them again afterwards.</summary>
    public override int GetHashCode() => HashCode.Combine(InputCount, TargetCount);

    /// <inheritdoc/>
    public override string ToString() =>
        $"moments of {Shown.Count(Rows, "row")}, {Shown.Names(Names)}";

    /// <summary>
    /// How many times what it says each sum is, also that of weights: 1, but 10^(2 d) for decimals, whose rows are held
    /// as whole numbers 10^d z. So they are as rows of that weight,
    /// and whatever weights that are all alike leave unchanged (maps, their standard errors, ranks, dependences) is
    /// theirs; what is a sum of squares has to be divided by this.
    /// </summary>
    internal Dyadic Unit => _sums.Unit;

    /// <summary>The moments of decimals.</summary>
    /// <param name="design">The inputs, and what they are made of.</param>
    /// <param name="sums">The sums for 10^decimals z.</param>
    /// <param name="decimals">0 or more.</param>
    /// <param name="rows">The number of rows.</param>
    internal static Moments OfDecimals(Design design, ExactGram sums, int decimals, long rows) =>
        new(design) { _sums = DecimalGram.Of(design, sums, decimals), Rows = rows };

    /// <summary>The sums.</summary>
    internal DecimalGram Sums => _sums;

    /// <summary>As many rows with the same names and other sums.</summary>
    internal Moments WithSums(ExactGram sums) => new(Names) { _sums = _sums.With(sums), Rows = Rows, Design = Design };

    private Moments Copy(MomentsParts parts) => Like(_design, _sums.Clone(), parts, Design);

    private Moments Like(Design columns, DecimalGram sums, MomentsParts parts, Design design) =>
        new(columns, _sums.Threads) { _sums = sums, _parts = parts, Rows = Rows, Design = design };

    private void Combine(Moments other, int sign)
    {
        ArgumentNullException.ThrowIfNull(other);
        other._changes.RequireNone();
        using var change = _changes.Begin();
        _shape.RequireAlike(other, Design);
        var rows = MomentsShape.RowsWith(Rows, other.Rows, sign);
        _sums.Add(other._sums, sign);
        (Rows, _parts) = (rows, sign > 0 ? _parts.With(other._parts) : _parts.Without(other._parts));
    }

    private void Accumulate(RowBlock block, RowWeights? weights, int sign)
    {
        using var change = _changes.Begin();
        var rows = MomentsShape.RowsWith(Rows, weights?.Rows() ?? block.Rows, sign);
        block = _design.Preparation?.Apply(block) ?? block;
        if (_sums.Add(block, weights?.Memory ?? default, sign) is { } place)
        {
            throw _shape.NotFinite(block, place);
        }

        (Rows, _parts) = (rows, _parts.WithLooseRows());
    }
}
