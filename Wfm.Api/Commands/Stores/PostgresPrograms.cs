using System.Diagnostics;
using System.Text.RegularExpressions;
using Npgsql;
using Wfm.Api.Persistence;

namespace Wfm.Api.Commands.Stores;

/// <summary>PostgreSQL's own programs, of the major version of the server that a connection names: others write what this one cannot read.</summary>
internal sealed partial class PostgresPrograms(NpgsqlConnectionStringBuilder server, int major)
{
    /// <summary>A program about to be started, connected to the server; its input, output and errors are ours.</summary>
    /// <exception cref="StoreRefusedException">It is not on this machine.</exception>
    public ProcessStartInfo Start(string program, params IEnumerable<string> arguments)
    {
        var start = Plain(Find(program), arguments);
        foreach (var (name, value) in new[]
        {
            ("PGHOST", server.Host), ("PGPORT", server.Port.ToString()), ("PGUSER", server.Username), ("PGPASSWORD", server.Password),
            ("PGDATABASE", server.Database ?? server.Username), ("PGPASSFILE", server.Passfile), ("PGSSLMODE", SslMode(server.SslMode)),
            ("PGSSLROOTCERT", server.RootCertificate), ("PGCONNECT_TIMEOUT", server.Timeout.ToString()), ("PGAPPNAME", "wfm-backup"),
        })
        {
            if (!string.IsNullOrEmpty(value))
            {
                start.Environment[name] = value; // not on the command line, which everybody on the machine can read
            }
        }

        return start;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote.</returns>
    /// <exception cref="StoreRefusedException">It ended with an error; the message has what it said.</exception>
    public static async Task<string> Run(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? output : throw Failed(start, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    public static StoreRefusedException Failed(ProcessStartInfo start, string errors) =>
        new($"{Path.GetFileName(start.FileName)} did not succeed: {errors.Trim()}");

    /// <summary>On the path, else where Debian keeps those of each version.</summary>
    private string Find(string program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var found = folders.Append($"/usr/lib/postgresql/{major}/bin").Select(f => Path.Combine(f, program)).Where(File.Exists)
            .Select(f => (File: f, Major: MajorOf(f))).ToList();
        return found.Find(f => f.Major == major).File ?? throw new StoreRefusedException(
            $"The server is PostgreSQL {major}, and {program} of that version is not on the path"
            + (found.Count == 0 ? "" : $" (there is {string.Join(", ", found.Select(f => $"version {f.Major} at {f.File}"))})")
            + $"; install the client programs of PostgreSQL {major}.");
    }

    private static int MajorOf(string program)
    {
        using var process = Process.Start(Plain(program, ["--version"]))!;
        process.StandardInput.Close();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return Version().Match(text) is { Success: true } match ? int.Parse(match.Groups["major"].ValueSpan) : 0;
    }

    private static ProcessStartInfo Plain(string program, IEnumerable<string> arguments) => new(program, arguments)
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    private static string SslMode(SslMode mode) => mode switch
    {
        Npgsql.SslMode.VerifyCA => "verify-ca",
        Npgsql.SslMode.VerifyFull => "verify-full",
        _ => mode.ToString().ToLowerInvariant(),
    };

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();
}
