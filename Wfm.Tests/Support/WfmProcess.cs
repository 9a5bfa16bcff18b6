using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Wfm.Tests.Support;

/// <summary>The program in a process of its own, to be killed.</summary>
internal sealed partial class WfmProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = [];
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WfmProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>All it has written.</summary>
    public string Said => string.Join('\n', _said);

    public int ExitCode => _process.ExitCode;

    /// <summary>A server over the store, on a free port.</summary>
    public static WfmProcess Serve(TestStore store, params string[] more) => Run(Serving(store.ConnectionString, "127.0.0.1", more));

    /// <summary>The same behind a network of its own, at an address of which it listens.</summary>
    public static WfmProcess Serve(string connection, NetworkNamespace network, params string[] more) =>
        Start([.. network.Enter, "dotnet"], Serving(connection, network.Address.ToString(), more));

    public static WfmProcess Run(params string[] arguments) => Start(["dotnet"], arguments);

    private static string[] Serving(string connection, string address, string[] more) => [
        .. more, "--urls", $"http://{address}:0", $"--Wfm:Store={connection}", $"--Wfm:BootstrapKey={WfmServer.AdminKey}",
        "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information",
    ];

    private static WfmProcess Start(string[] command, string[] arguments) => new(Process.Start(
        new ProcessStartInfo(
            command[0],
            [
                .. command[1..], "exec", "--runtimeconfig", Path.Combine(AppContext.BaseDirectory, "Wfm.Api.runtimeconfig.json"),
                Path.Combine(AppContext.BaseDirectory, "Wfm.Api.dll"), .. arguments,
            ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);

    /// <summary>Signed in as admin, once it listens.</summary>
    public async Task<HttpClient> Client()
    {
        var client = new HttpClient { BaseAddress = await _address.Task.WaitAsync(Patience) };
        client.DefaultRequestHeaders.Add("X-Api-Key", WfmServer.AdminKey);
        return client;
    }

    /// <summary>Ends it as a power cut does.</summary>
    public async Task Kill()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end, as an operator or a system that shuts down does.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> Terminate()
    {
        var watch = Stopwatch.StartNew();
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]);
        await End();
        return watch.Elapsed;
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public Task End() => _process.WaitForExitAsync().WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await Kill();
        }

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            _address.TrySetException(new InvalidOperationException($"It ended before it listened: {Said}"));
            return;
        }

        _said.Enqueue(line);
        if (Listening().Match(line) is { Success: true } match)
        {
            _address.TrySetResult(new Uri(match.Groups["address"].Value));
        }
    }

    [GeneratedRegex(@"Now listening on: (?<address>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
