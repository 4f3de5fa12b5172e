namespace Plumb.Diagnosis;

/// <summary>A map with slips undone: none, one or two.</summary>
/// <param name="Map">The map as it may have been meant.</param>
internal sealed record Repair(AffineMap Map)
{
    private const double CostOfSlip = 1.5; // digits: there are some thirty

    /// <summary>The slips' names, joined by +.</summary>
    public string Code { get; private init; } = "";

    /// <summary>What is undone, after "the map fits once".</summary>
    public string Text { get; private init; } = "";

    /// <summary>The number of slips.</summary>
    public int Slips { get; private init; }

    /// <summary>How many digits of agreement it takes to tell them from chance: the logarithm of how many ways there
    /// were to try.</summary>
    public double Cost { get; private init; }

    /// <summary>Whether weights are changed, not only the bias.</summary>
    public bool ChangesWeights { get; private init; }

    /// <summary>Whether the bias is taken from the data, so that its agreement says nothing.</summary>
    public bool SetsBias { get; private init; }

    /// <summary>The same with one slip more undone.</summary>
    public Repair Then(string code, string text, AffineMap map, double cost = 0, bool changesWeights = true,
        bool setsBias = false) => new(map)
        {
            Code = Slips == 0 ? code : Code + "+" + code,
            Text = Slips == 0 ? text : Text + " and " + text,
            Slips = Slips + 1,
            Cost = Cost + CostOfSlip + cost,
            ChangesWeights = ChangesWeights || changesWeights,
            SetsBias = SetsBias || setsBias,
        };
}
