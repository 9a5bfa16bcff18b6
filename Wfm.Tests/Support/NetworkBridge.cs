using System.ComponentModel;
using System.Diagnostics;
using System.Net;

namespace Wfm.Tests.Support;

/// <summary>A bridge of this machine with networks behind it, each with one address and a cable that can be pulled.</summary>
/// <remarks>Made of Linux network namespaces by Debian's iproute2, which needs root.</remarks>
internal sealed class NetworkBridge : IDisposable
{
    private const string Prefix = "wfmt";

    private readonly string _name = $"{Prefix}{Environment.ProcessId % 100_000}";
    private readonly List<NetworkNamespace> _networks = [];

    private NetworkBridge(int subnet)
    {
        Address = IPAddress.Parse($"10.213.{subnet}.1");
        Ip("link", "add", _name, "type", "bridge");
        Ip("addr", "add", $"{Address}/24", "dev", _name);
        Ip("link", "set", _name, "up");
    }

    /// <summary>Where the machine itself is reached from the networks.</summary>
    public IPAddress Address { get; }

    /// <summary>Makes the bridge; leaves the calling test out, with the reason, where that is not possible.</summary>
    public static NetworkBridge Create()
    {
        if (Environment.UserName != "root")
        {
            Assert.Ignore("Only root may make network namespaces; run ./test.sh as root for this one.");
        }

        try
        {
            return new NetworkBridge(Environment.ProcessId % 250);
        }
        catch (Win32Exception)
        {
            Assert.Ignore("There is no 'ip' here; ./test.sh installs it (Debian's iproute2).");
            throw;
        }
        catch (InvalidOperationException e)
        {
            Assert.Ignore($"This machine lets nobody make network namespaces: {e.Message}");
            throw;
        }
    }

    /// <summary>A network behind the bridge.</summary>
    public NetworkNamespace Add()
    {
        var number = _networks.Count + 2;
        var (name, outer, bytes) = ($"{_name}-{number}", $"{_name}v{number}", Address.GetAddressBytes());
        bytes[3] = (byte)number;
        var network = new NetworkNamespace(name, outer, new IPAddress(bytes));
        Ip("netns", "add", name);
        _networks.Add(network);
        Ip("link", "add", outer, "type", "veth", "peer", "name", "eth0", "netns", name);
        Ip("link", "set", outer, "master", _name);
        Ip("link", "set", outer, "up");
        Ip("-n", name, "addr", "add", $"{network.Address}/24", "dev", "eth0");
        Ip("-n", name, "link", "set", "lo", "up");
        Ip("-n", name, "link", "set", "eth0", "up");
        return network;
    }

    public void Dispose()
    {
        foreach (var network in _networks)
        {
            Ip("netns", "del", network.Name); // its cable goes with it
        }

        Ip("link", "del", _name);
    }

    internal static void Ip(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors.Trim()}");
        }
    }
}

/// <summary>A network of its own behind a bridge.</summary>
internal sealed record NetworkNamespace(string Name, string Cable, IPAddress Address)
{
    /// <summary>The command in front of one that is to run there.</summary>
    public string[] Enter => ["ip", "netns", "exec", Name];

    /// <summary>Nothing comes or goes; connections stay open at both ends, as after a broken switch.</summary>
    public void PullCable() => NetworkBridge.Ip("link", "set", Cable, "down");

    public void PlugIn() => NetworkBridge.Ip("link", "set", Cable, "up");
}
