namespace Plumb.Cli;

/// <summary>A part of files.</summary>
/// <param name="Part">Which.</param>
/// <param name="Plan">How they are cut.</param>
internal sealed record PlannedPart(Part Part, PartPlan Plan)
{
    /// <summary>Its rows. The first file says which columns there are, also where the part has nothing of it.</summary>
    /// <param name="name">What the data are called.</param>
    /// <param name="open">The rows of a file.</param>
    public RowSource Rows(string name, Func<string, RowSource> open)
    {
        RowSource[] pieces = [.. Plan.Of(Part).Select(piece => RowsOf(piece, open(piece.Path)))];
        var like = open(Plan.Files.First());
        return new RowSource($"part {Part} of {name}",
            async cancellationToken => await ConcatenatedReader.OpenAsync(name, like, pieces, cancellationToken));
    }

    private static RowSource RowsOf(FilePiece piece, RowSource file) => !piece.IsCut ? file : file with
    {
        OpenAsync = async cancellationToken =>
        {
            var reader = await file.OpenAsync(cancellationToken);
            if (reader.CanBeShared)
            {
                reader.Share = piece.Share;
                return reader;
            }

            await reader.DisposeAsync();
            throw CommandException.DataRefused($"{piece.Path}: is not cut within, as its columns are separated "
                + "by blanks, or one is called file_row_number; give --whole-files to all parts.");
        },
    };
}
