using System.Diagnostics;
using System.Globalization;

namespace Wfm.Tests.Support;

/// <summary>Finds PostgreSQL's programs on this machine and runs them as a user that PostgreSQL accepts: it refuses to run as root.</summary>
internal static class PostgresBinaries
{
    private const string DebianFolder = "/usr/lib/postgresql";

    private static readonly Lazy<string?> Folder = new(Find);
    private static readonly Lazy<string?> OtherUser = new(() => Environment.UserName != "root" ? null
        : File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody");

    /// <summary>Whether initdb, pg_ctl and postgres are here.</summary>
    public static bool Installed => Folder.Value is not null;

    /// <summary>Runs one of PostgreSQL's programs to its end.</summary>
    public static string Run(string program, params string[] arguments) =>
        RunAsUser(Path.Combine(Folder.Value ?? throw new InvalidOperationException("PostgreSQL is not installed."), program), "", arguments);

    /// <summary>Runs a program of the system as the user that owns the cluster.</summary>
    /// <exception cref="InvalidOperationException">It ended with an error; the message has its output.</exception>
    public static string RunAsUser(string program, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        if (OtherUser.Value is { } user)
        {
            // setpriv belongs to util-linux, which Debian always has; unlike su it needs no shell and opens no session.
            start.FileName = "setpriv";
            foreach (var argument in new[] { "--reuid", user, "--regid", Group(user), "--clear-groups", program })
            {
                start.ArgumentList.Add(argument);
            }
        }
        else
        {
            start.FileName = program;
        }
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {output}{errors.Result}");
    }

    private static string Group(string user) =>
        File.ReadLines("/etc/passwd").First(line => line.StartsWith(user + ":", StringComparison.Ordinal)).Split(':')[3];

    /// <summary>The folder on the path, else the newest of Debian's, which are not on the path.</summary>
    private static string? Find()
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var debian = Directory.Exists(DebianFolder)
            ? Directory.GetDirectories(DebianFolder)
                .OrderByDescending(f => double.TryParse(Path.GetFileName(f), CultureInfo.InvariantCulture, out var version) ? version : 0)
                .Select(f => Path.Combine(f, "bin"))
            : [];
        return onPath.Concat(debian).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }
}
