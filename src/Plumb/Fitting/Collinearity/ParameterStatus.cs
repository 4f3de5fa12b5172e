namespace Plumb.Fitting;

/// <summary>What the data say of one weight or bias.</summary>
public enum ParameterStatus
{
    /// <summary>Its confidence interval leaves out 0: it stands, to within its standard error.</summary>
    Stands,

    /// <summary>Its confidence interval holds 0, or there is no way to estimate the noise.</summary>
    SignUnknown,

    /// <summary>
    /// Its confidence interval holds 0, or nearly, because the input moves together with others: the rows cannot tell
    /// their
    /// weights apart, only combinations of them.
    /// </summary>
    Entangled,

    /// <summary>
    /// Other values fit exactly as well, or a change in the last bit of the inputs would change it altogether.
    /// </summary>
    Undetermined,

    /// <summary>No double holds it, or its standard error: they are withheld.</summary>
    TooLarge,
}
