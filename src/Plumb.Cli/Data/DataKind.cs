namespace Plumb.Cli;

/// <summary>What reads a file.</summary>
internal enum DataKind
{
    /// <summary>CSV, in all its ways.</summary>
    Text,

    /// <summary>JSON objects.</summary>
    Json,

    /// <summary>Parquet.</summary>
    Parquet,

    /// <summary>Arrow and Feather.</summary>
    Arrow,

    /// <summary>Arrays of NumPy and of safetensors.</summary>
    Array,

    /// <summary>A DuckDB database.</summary>
    Database,
}
