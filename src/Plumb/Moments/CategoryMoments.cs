using System.Numerics;
using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// The sums of rows of which some inputs are codes of categories: enough of them to have, at the end, the moments of
/// every column that is made of a category alone, such as one that is 1 where the code is 3. So one pass is enough,
/// though the levels become known only at its end; and what codes levels have cannot show.
/// </summary>
internal sealed class CategoryMoments
{
    private readonly int[] _categories; // their places among the inputs
    private readonly int[] _numbers; // the places of all others in [x; y]
    private readonly Moments _moments; // of all columns; nothing is asked of those of codes
    private readonly KeyedSums _keyed;
    private readonly double[] _row;
    private readonly int[] _codes;
    private readonly double[] _largest;

    /// <summary>The sums of no rows.</summary>
    /// <param name="names">The names of the rows' inputs and targets.</param>
    /// <param name="categories">The inputs that are codes.</param>
    /// <param name="threads">The most threads that add rows; every processor's when left out.</param>
    public CategoryMoments(VariableNames names, IReadOnlyList<string> categories, int? threads = null)
    {
        Names = names;
        _categories = [.. categories.Select(name => names.Inputs.ToList().IndexOf(name))];
        _numbers = [.. Enumerable.Range(0, names.Inputs.Count + names.Targets.Count).Except(_categories)];
        _moments = new Moments(names, threads);
        _keyed = new KeyedSums(_numbers.Length, _categories.Length);
        (_row, _codes) = (new double[_numbers.Length], new int[_categories.Length]);
        _largest = new double[_numbers.Length];
    }

    /// <summary>The names of the rows' inputs and targets.</summary>
    public VariableNames Names { get; }

    /// <summary>The number of rows.</summary>
    public long Rows => _moments.Rows;

    /// <summary>Adds rows without weights; codes are whole numbers from 0.</summary>
    /// <exception cref="ArgumentException">A value is not finite, or a code is none; nothing is added.</exception>
    public void Add(Dataset rows)
    {
        RequireCodes(rows.Inputs);
        _moments.Add(rows);
        FindLargest(rows);
        _keyed.Cover(_largest);
        for (var i = 0; i < rows.Rows; i++)
        {
            var x = rows.Inputs.Row(i);
            var y = rows.Targets.Row(i);
            for (var j = 0; j < _row.Length; j++)
            {
                var place = _numbers[j];
                _row[j] = place < x.Length ? x[place] : y[place - x.Length];
            }

            for (var k = 0; k < _codes.Length; k++)
            {
                _codes[k] = (int)x[_categories[k]];
            }

            _keyed.Add(_row, _codes);
        }
    }

    /// <summary>Adds the rows of another, with the same columns and codes.</summary>
    public void Merge(CategoryMoments other)
    {
        _moments.Merge(other._moments);
        _keyed.Add(other._keyed);
    }

    /// <summary>The moments of inputs that are columns of numbers, or made of a category's code.</summary>
    /// <param name="inputs">For each input a column and, where that is a category, what each code becomes: a whole
    /// number.</param>
    /// <param name="design">The inputs' names, and the targets in the rows' order.</param>
    public Moments Expand(IReadOnlyList<(string Column, IReadOnlyList<int>? Contrast)> inputs, Design design)
    {
        var size = inputs.Count + Names.Targets.Count + 1;
        var gram = new ExactGram(size);
        var numbers = Numbers(inputs);
        AddNumbers(gram, numbers);
        var contrasts = _categories.Select((place, key) => new Contrasts([.. inputs
            .Select((input, element) => (Element: element, input.Column, input.Contrast))
            .Where(input => input.Contrast is not null && input.Column == Names.Inputs[place])
            .Select(input => (input.Element, input.Contrast!))], _keyed.Count(key))).ToArray();
        for (var k = 0; k < contrasts.Length; k++)
        {
            AddWithNumbers(gram, contrasts[k], k, numbers);
            AddPairs(gram, contrasts[k], contrasts[k],
                Enumerable.Range(0, _keyed.Count(k)).Select(code => ((code, code), _keyed.RowsOf(k, code))));
            for (var other = k + 1; other < contrasts.Length; other++)
            {
                AddPairs(gram, contrasts[k], contrasts[other], _keyed.PairsOf(k, other));
            }
        }

        return Moments.OfDecimals(design, gram, 0, Rows);
    }

    private void RequireCodes(Matrix inputs)
    {
        for (var i = 0; i < inputs.Rows; i++)
        {
            foreach (var place in _categories)
            {
                var code = inputs[i, place];
                if (!(code >= 0 && code <= int.MaxValue / 2 && Math.Floor(code) == code))
                {
                    throw new ArgumentException(FormattableString.Invariant(
                        $"'{Names.Inputs[place]}' holds {code}, expected a code: a whole number from 0."));
                }
            }
        }
    }

    private void FindLargest(Dataset rows)
    {
        Array.Clear(_largest);
        for (var i = 0; i < rows.Rows; i++)
        {
            var x = rows.Inputs.Row(i);
            var y = rows.Targets.Row(i);
            for (var j = 0; j < _largest.Length; j++)
            {
                var place = _numbers[j];
                _largest[j] = Math.Max(_largest[j], Math.Abs(place < x.Length ? x[place] : y[place - x.Length]));
            }
        }
    }

    // The elements of z that are numbers: where they stand in it, and in the rows' [x; y].
    private (int Element, int Place)[] Numbers(IReadOnlyList<(string Column, IReadOnlyList<int>? Contrast)> inputs)
    {
        var columns = Names.Inputs.ToList();
        return [.. inputs.Select((input, element) => (Element: element, input.Column, input.Contrast))
            .Where(input => input.Contrast is null)
            .Select(input => (input.Element, columns.IndexOf(input.Column))),
            .. Names.Targets.Select((_, target) => (inputs.Count + target, columns.Count + target))];
    }

    private void AddNumbers(ExactGram gram, (int Element, int Place)[] numbers)
    {
        var plain = _moments.Select(new VariableNames([],
            [.. numbers.Select(number => NameAt(number.Place))]));
        for (var i = 0; i < numbers.Length; i++)
        {
            gram.Add(numbers[i].Element, gram.Size - 1, plain.TargetSum(i));
            for (var j = i; j < numbers.Length; j++)
            {
                Add(gram, numbers[i].Element, numbers[j].Element, plain.TargetProduct(i, j));
            }
        }

        gram.Add(gram.Size - 1, gram.Size - 1, Rows);
    }

    private string NameAt(int place) =>
        place < Names.Inputs.Count ? Names.Inputs[place] : Names.Targets[place - Names.Inputs.Count];

    private void AddWithNumbers(ExactGram gram, Contrasts contrasts, int key, (int Element, int Place)[] numbers)
    {
        for (var code = 0; code < _keyed.Count(key); code++)
        {
            Dyadic[] sums =
                [.. numbers.Select(number => _keyed.SumOf(key, code, Array.IndexOf(_numbers, number.Place)))];
            foreach (var (element, factor) in contrasts.Of(code))
            {
                gram.Add(element, gram.Size - 1, new Dyadic((BigInteger)factor * _keyed.RowsOf(key, code), 0));
                for (var j = 0; j < numbers.Length; j++)
                {
                    Add(gram, element, numbers[j].Element, sums[j] * (long)factor);
                }
            }
        }
    }

    /// <summary>Adds the products of two categories' inputs, or of one's with each other, in two steps.</summary>
    private static void AddPairs(ExactGram gram, Contrasts left, Contrasts right,
        IEnumerable<((int Left, int Right) Codes, long Rows)> pairs)
    {
        foreach (var group in pairs.GroupBy(pair => pair.Codes.Right))
        {
            var sums = new Dictionary<int, Int128>(); // of each left input over the rows that have the right code
            foreach (var (codes, rows) in group)
            {
                foreach (var (element, factor) in left.Of(codes.Left))
                {
                    sums[element] = sums.GetValueOrDefault(element) + (Int128)factor * rows;
                }
            }

            foreach (var (other, factor) in right.Of(group.Key))
            {
                foreach (var (element, sum) in sums)
                {
                    if (left != right || element <= other)
                    {
                        Add(gram, element, other, new Dyadic((BigInteger)sum * factor, 0));
                    }
                }
            }
        }
    }

    private static void Add(ExactGram gram, int i, int j, Dyadic term) =>
        gram.Add(Math.Min(i, j), Math.Max(i, j), term);

    /// <summary>The inputs that are made of one category.</summary>
    private sealed class Contrasts
    {
        private readonly List<(int Element, int Factor)>[] _of;

        public Contrasts(IReadOnlyList<(int Element, IReadOnlyList<int> Contrast)> inputs, int codes)
        {
            _of = [.. Enumerable.Range(0, codes).Select(_ => new List<(int, int)>())];
            foreach (var (element, contrast) in inputs)
            {
                for (var code = 0; code < codes; code++)
                {
                    if (contrast[code] != 0)
                    {
                        _of[code].Add((element, contrast[code]));
                    }
                }
            }
        }

        /// <summary>The inputs that are not 0 for a code, and what they are.</summary>
        public List<(int Element, int Factor)> Of(int code) => _of[code];
    }
}
