namespace Plumb.Diagnosis;

/// <summary>The windows that reach from one chunk of rows into the next, and beyond the last row.</summary>
/// <param name="width">The numbers of a score.</param>
/// <param name="lags">One less than the rows of a window.</param>
internal sealed class WindowJoin(int width, int lags)
{
    private readonly Queue<double[]> _last = new(); // rows, as many as there are lags, or fewer

    /// <summary>The sums of the windows.</summary>
    public WindowGram Gram { get; } = new(width);

    /// <summary>Adds the next chunk.</summary>
    public void Add(WindowEnds ends)
    {
        foreach (var row in ends.Head)
        {
            Gram.Include(row);
            Gram.Take();
            _last.Enqueue(row);
            if (_last.Count > lags)
            {
                Gram.Exclude(_last.Dequeue());
            }
        }

        if (ends.Rows <= lags)
        {
            return;
        }

        Gram.Clear();
        _last.Clear();
        foreach (var row in ends.Tail)
        {
            Gram.Include(row);
            _last.Enqueue(row);
        }
    }

    /// <summary>Ends the last row of all.</summary>
    public void Finish()
    {
        while (_last.TryPeek(out _))
        {
            Gram.Take();
            Gram.Exclude(_last.Dequeue());
        }
    }
}
