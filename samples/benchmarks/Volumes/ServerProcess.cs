using System.Diagnostics;
using System.Globalization;

namespace Wfm.Benchmarks.Volumes;

/// <summary>The server as a process of its own, so that its memory is its alone.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>The most memory that it has had at once, in megabytes.</summary>
    public double PeakMegabytes => Megabytes("VmHWM");

    /// <summary>The memory that it has now, in megabytes.</summary>
    public double CurrentMegabytes => Megabytes("VmRSS");

    /// <summary>Processor time so far.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <param name="settings">Names and values of section Wfm.</param>
    public static async Task<ServerProcess> Start(string store, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var start = Program("Wfm.Api.dll");
        start.Environment["Wfm__Store"] = store;
        start.Environment["Wfm__BootstrapKey"] = BenchmarkServer.Key;
        foreach (var (name, value) in settings)
        {
            start.Environment[$"Wfm__{name}"] = value;
        }

        return await Start(start, cancellationToken);
    }

    /// <summary>An endpoint of this program that answers always the same, see <see cref="Reading.BareEndpoint"/>.</summary>
    public static Task<ServerProcess> StartBare(string body, IEnumerable<string> headers, CancellationToken cancellationToken)
    {
        var start = Program("Wfm.Benchmarks.dll");
        foreach (var argument in new[] { Reading.BareEndpoint.Name, "--body", body }.Concat(headers.SelectMany(h => new[] { "--header", h })))
        {
            start.ArgumentList.Add(argument);
        }

        return Start(start, cancellationToken);
    }

    private static ProcessStartInfo Program(string file)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, file));
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        return start;
    }

    private static async Task<ServerProcess> Start(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        var process = Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
        const string Listening = "Now listening on: ";
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return new ServerProcess(process, new Uri(line[(at + Listening.Length)..].Trim()));
            }
        }

        throw new InvalidOperationException("The server ended before it listened.");
    }

    private double Megabytes(string what) => double.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(what, StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        CultureInfo.InvariantCulture) / 1024;

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
