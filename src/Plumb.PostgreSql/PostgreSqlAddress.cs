using System.Globalization;
using Npgsql;

namespace Plumb.PostgreSql;

/// <summary>
/// Where a PostgreSQL database is, and who asks: postgres://user@host:port/database?sslmode=require. It never shows the
/// password.
/// </summary>
/// <remarks>What is left out is as PostgreSQL's own programs have it: PGUSER, PGPASSWORD and the password file are
/// looked at.</remarks>
public sealed class PostgreSqlAddress
{
    private const string Form =
        "expected postgres://user:password@host:port/database, with other characters than letters and digits in user "
            + "and password as %40 for @";
    private static readonly string[] s_schemes = ["postgres://", "postgresql://"];

    private PostgreSqlAddress(string name, NpgsqlConnectionStringBuilder settings) =>
        (Name, Settings) = (name, settings);

    /// <summary>The address without password and settings, for messages.</summary>
    public string Name { get; }

    internal NpgsqlConnectionStringBuilder Settings { get; }

    /// <summary>Whether a text is meant as such an address.</summary>
    public static bool IsMeant(string text) =>
        s_schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    /// <summary>The address that a text gives.</summary>
    /// <param name="text">postgres:// or postgresql://, then user, password, host, port and database, of which all may
    /// be left out; then settings after ?, as libpq names them.</param>
    /// <exception cref="FormatException">It is no such address; the message does not repeat it, as it may hold a
    /// password.</exception>
    public static PostgreSqlAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!IsMeant(text) || !Uri.TryCreate(text, UriKind.Absolute, out var uri))
        {
            throw new FormatException($"the address of a PostgreSQL database cannot be understood, {Form}.");
        }

        var user = uri.UserInfo.Split(':', 2);
        var database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Length > 0 ? uri.Host.Trim('[', ']') : "localhost",
            Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            Database = database.Length > 0 ? database : null,
            ApplicationName = "plumb",
            CommandTimeout = 0, // a query may take as long as it takes
            Pooling = false,
            // It needs a library that is often not there, and says so on standard error.
            GssEncryptionMode = GssEncryptionMode.Disable,
        };
        if (uri.Port > 0)
        {
            settings.Port = uri.Port;
        }

        foreach (var setting in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            Set(settings, setting.Split('=', 2));
        }

        return new PostgreSqlAddress(
            $"{uri.Scheme}://{(user[0].Length > 0 ? user[0] + "@" : "")}{uri.Host}"
                + $"{(uri.Port > 0 ? FormattableString.Invariant($":{uri.Port}") : "")}{uri.AbsolutePath}", settings);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static void Set(NpgsqlConnectionStringBuilder settings, string[] setting)
    {
        var (name, value) = (setting[0], Uri.UnescapeDataString(setting[^1]));
        switch (name)
        {
            case "host":
                settings.Host = value;
                break;
            case "port":
                settings.Port = Number(name, value);
                break;
            case "user":
                settings.Username = value;
                break;
            case "password":
                settings.Password = value;
                break;
            case "dbname":
                settings.Database = value;
                break;
            case "sslmode":
                settings.SslMode = Choice<SslMode>(name, value);
                break;
            case "sslrootcert":
                settings.RootCertificate = value;
                break;
            case "channel_binding":
                settings.ChannelBinding = Choice<ChannelBinding>(name, value);
                break;
            case "connect_timeout":
                settings.Timeout = Number(name, value);
                break;
            case "application_name":
                settings.ApplicationName = value;
                break;
            case "options":
                settings.Options = value;
                break;
            default:
                throw new FormatException(
                    $"the address of a PostgreSQL database has the setting '{Escaped.Of(name)}', which is not among "
                        + $"host, port, user, password, dbname, sslmode, sslrootcert, channel_binding, "
                            + $"connect_timeout, application_name, options; leave it out.");
        }
    }

    private static int Number(string name, string value) =>
        ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException(
                $"the address of a PostgreSQL database sets {name} to '{Escaped.Of(value)}', expected a whole number "
                    + $"up to 65535.");

    // As libpq writes it: verify-full.
    private static T Choice<T>(string name, string value)
        where T : struct, Enum =>
        Enum.TryParse<T>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var choice)
            && Enum.IsDefined(choice)
            ? choice
            : throw new FormatException(
                $"the address of a PostgreSQL database sets {name} to '{Escaped.Of(value)}', expected one of "
                    + $"{string.Join(", ", Enum.GetNames<T>().Select(Spelled))}.");

    private static string Spelled(string choice) =>
        choice.ToLowerInvariant().Replace("verify", "verify-", StringComparison.Ordinal);
}
