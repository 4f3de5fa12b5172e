namespace Plumb.Diagnosis;

/// <summary>Cells of equal width along an axis; what lies beyond an end belongs to the last cell there.</summary>
/// <param name="From">Where the first cell begins.</param>
/// <param name="To">Where the last cell ends.</param>
/// <param name="Cells">How many there are.</param>
public sealed record CloudAxis(double From, double To, int Cells)
{
    private readonly double _perCell = Cells / (To - From);

    /// <summary>The width of a cell.</summary>
    public double Width => (To - From) / Cells;

    /// <summary>The middle of a cell, from 0.</summary>
    public double MiddleOf(int cell) => From + (cell + 0.5) * Width;

    /// <summary>The cell that a value belongs to.</summary>
    public int CellOf(double value) => (int)Math.Clamp((value - From) * _perCell, 0, Cells - 1);

    /// <summary>Cells of a sixteenth of a spread, one of them about the centre, to five spreads on either
    /// side.</summary>
    internal static CloudAxis About(double centre, double spread)
    {
        const int PerSpread = 16, Side = 5 * PerSpread, Cells = 2 * Side + 1;
        var half = Cells / 2.0 / PerSpread * (spread > 0 ? spread : 1);
        return new CloudAxis(centre - half, centre + half, Cells);
    }
}
