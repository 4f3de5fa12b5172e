using Plumb.Reading;

// One contender a process, so that its time and its memory are its own.
return args switch
{
    ["generate", "full" or "short", var rows, var path] => Table.Write(path, args[1] == "full", int.Parse(rows, System.Globalization.CultureInfo.InvariantCulture)),
    [var contender, var path] when Contenders.All.TryGetValue(contender, out var read) => await Contenders.Run(read, path),
    _ => Contenders.Usage(),
};
