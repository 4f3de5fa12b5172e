namespace Plumb;

/// <summary>
/// The codes of all findings, which stay the same from version to version: what programs ask for. docs/findings.md says
/// of each what it means and what to do. Two slips in one map are joined by a plus, as in transposed+bias-missing.
/// </summary>
public static partial class FindingCodes
{
    /// <summary>
    /// The data fit equally well with other values of these weights, however many digits a solver prints.
    /// </summary>
    public const string NotIdentified = "not-identified";

    /// <summary>The rank was decided modulo two primes: practically certain, but not proved.</summary>
    public const string ToldByResidues = "told-by-residues";

    /// <summary>The weights are determined only by how the data were rounded, so they mean nothing.</summary>
    public const string NearDependence = "near-dependence";

    /// <summary>The precision that the data were said to have leaves less than a digit of some weights.</summary>
    public const string ImpreciseData = "imprecise-data";

    /// <summary>No double holds a coefficient; everything else is given.</summary>
    public const string TooLarge = "too-large";

    /// <summary>No double holds a standard error; everything else is given.</summary>
    public const string ErrorTooLarge = "error-too-large";

    /// <summary>
    /// The weights are determined, but noise blurs them: a rise of one is made up for by a fall of the other.
    /// </summary>
    public const string Entangled = "entangled";

    /// <summary>A target does not vary, so there is nothing to explain.</summary>
    public const string ConstantTarget = "constant-target";

    /// <summary>A copy of the target predicts it perfectly, and says nothing about the other inputs.</summary>
    public const string TargetIsInput = "target-is-input";

    /// <summary>A target is an exact affine function of the inputs, so there is no noise.</summary>
    public const string ExactFit = "exact-fit";

    /// <summary>Residuals are no larger than the rounding of the data: the relation is probably exact.</summary>
    public const string RoundingOnly = "rounding-only";

    /// <summary>The residuals are larger than the noise that was given allows.</summary>
    public const string NoiseLargerThanGiven = "noise-larger-than-given";

    /// <summary>The residuals are smaller than the noise that was given allows.</summary>
    public const string NoiseSmallerThanGiven = "noise-smaller-than-given";

    /// <summary>A fit of as many parameters as rows always looks perfect.</summary>
    public const string NoDegreesOfFreedom = "no-degrees-of-freedom";

    /// <summary>There is a ridge penalty: weights and predictions are biased on purpose.</summary>
    public const string Ridge = "ridge";

    /// <summary>Squares that moments keep show that a target is curved along an input.</summary>
    public const string Curved = "curved";

    /// <summary>One row alone decides part of the fit: a mistake in it would go unnoticed.</summary>
    public const string DecidingRow = "deciding-row";

    /// <summary>The fit would be another without one row.</summary>
    public const string InfluentialRow = "influential-row";

    /// <summary>
    /// Several bad rows can hide each other from a least-squares fit; a second, robust fit finds them.
    /// </summary>
    public const string MaskedOutliers = "masked-outliers";

    /// <summary>A row that was copied, by a join or by appending a file twice, brings no new information.</summary>
    public const string Copies = "copies";

    /// <summary>Copies not counted, there are only as many rows as parameters.</summary>
    public const string NoRowToSpare = "no-row-to-spare";

    /// <summary>A row lies too far from where the other rows put it to be chance.</summary>
    public const string Outlier = "outlier";

    /// <summary>A value that repeats far from all others looks like a code for a missing one.</summary>
    public const string MissingCode = "missing-code";

    /// <summary>Residuals of neighbouring rows are correlated.</summary>
    public const string DurbinWatson = "durbin-watson";

    /// <summary>Repeated measurements show that the misfit is larger than the noise.</summary>
    public const string LackOfFit = "lack-of-fit";

    /// <summary>Neighbouring residuals are alike, and whether the order of the rows means anything is not
    /// known.</summary>
    public const string OrderInDoubt = "order-in-doubt";

    /// <summary>A row moves the fit much, and nothing shows whether it is right.</summary>
    public const string RowInDoubt = "row-in-doubt";

    /// <summary>The relation is curved: squares and cubes of the predictions improve the fit.</summary>
    public const string Reset = "reset";

    /// <summary>The relation is curved along one input.</summary>
    public const string Bends = "bends";

    /// <summary>The effect of one input depends on another: their product improves the fit.</summary>
    public const string Product = "product";

    /// <summary>Rows that lie next to each other along an input have similar residuals: a wave or a step.</summary>
    public const string AlongInput = "along-input";

    /// <summary>The noise changes with the inputs.</summary>
    public const string BreuschPagan = "breusch-pagan";

    /// <summary>Robust and classical errors differ: the noise is uneven.</summary>
    public const string White = "white";

    /// <summary>Residuals of rows with the same value of a column have something in common.</summary>
    public const string Groups = "groups";

    /// <summary>Clustered errors rest on few groups of rows.</summary>
    public const string FewGroups = "few-groups";

    /// <summary>
    /// A replicate of the bootstrap leaves out about a third of the rows, and among them may be all that tell a
    /// weight.
    /// </summary>
    public const string ReplicatesLeftOut = "replicates-left-out";

    /// <summary>
    /// Outliers, curvature, uneven noise and correlated rows were not checked, and the verdict says so.
    /// </summary>
    public const string RowsNotSeen = "rows-not-seen";

    /// <summary>
    /// A moments file of a part was given in place of the whole; all that is said is about the rows of that part.
    /// </summary>
    public const string PartsMissing = "parts-missing";

    /// <summary>A database could not add up its rows itself, so they were read.</summary>
    public const string RowsReadOut = "rows-read-out";

    /// <summary>A database added up the rows; what takes the rows themselves was not looked at.</summary>
    public const string SummedInDatabase = "summed-in-database";

    /// <summary>
    /// No double is exactly one tenth; where that hides a relation, the file is read again in exact decimals.
    /// </summary>
    public const string DecimalsTaken = "decimals-taken";

    /// <summary>Numbers may be meant as decimals, and could not be read so: a relation may be missed.</summary>
    public const string DecimalsNotTaken = "decimals-not-taken";

    /// <summary>A column of texts became inputs, one per level but the reference.</summary>
    public const string Category = "category";

    /// <summary>A column of dates became a number.</summary>
    public const string Date = "date";

    /// <summary>A column of yes and no became a number.</summary>
    public const string TruthValue = "truth-value";

    /// <summary>Cells with a sign of percent or of money were read as numbers.</summary>
    public const string Amount = "amount";

    /// <summary>A column has another sign of percent or money than the model was learned with.</summary>
    public const string OtherSign = "other-sign";

    /// <summary>Powers and products of columns are exact; logarithms cannot be.</summary>
    public const string FunctionRounded = "function-rounded";

    /// <summary>Predictions of a function of a target come back as its median, not its mean.</summary>
    public const string TargetTransformed = "target-transformed";

    /// <summary>An input is named like a target, and may be another one.</summary>
    public const string NamedLikeTarget = "named-like-target";

    /// <summary>A column that numbers the rows is no input unless it is named.</summary>
    public const string IndexLeftOut = "index-left-out";

    /// <summary>Rows of weight 0 were left out.</summary>
    public const string WeightZero = "weight-zero";
}
