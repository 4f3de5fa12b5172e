namespace Plumb.Tests.Structures;

/// <summary>What the inputs of a random problem are made of.</summary>
internal enum BlockKind
{
    /// <summary>Independent normal columns.</summary>
    Ordinary,

    /// <summary>Columns of small whole numbers.</summary>
    Coarse,

    /// <summary>Two columns that differ by 1e-9 to 1 of their size.</summary>
    NearTwins,

    /// <summary>Two or three columns, and nearly their sum.</summary>
    NearSum,

    /// <summary>A column twice.</summary>
    Duplicate,

    /// <summary>Two columns, and a combination of them and a constant.</summary>
    Sum,

    /// <summary>A number on every row.</summary>
    Constant,

    /// <summary>0 on every row.</summary>
    Zero,

    /// <summary>Indicators of groups, which sum to 1.</summary>
    OneHot,

    /// <summary>A year, and its powers.</summary>
    Years,

    /// <summary>A column far from 0.</summary>
    Offset,

    /// <summary>0 on all rows but one.</summary>
    RowAlone,

    /// <summary>0 on the first half of the rows, 1 on the second.</summary>
    Step,
}
