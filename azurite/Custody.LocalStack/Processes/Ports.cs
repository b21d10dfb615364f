using System.Net;
using System.Net.Sockets;

namespace Custody.LocalStack.Processes;

/// <summary>Loopback ports.</summary>
internal static class Ports
{
    /// <summary>Fails with a sentence for the first port that somebody listens on.</summary>
    public static void Check(StackOptions options)
    {
        (int Port, string User, string Option)[] wanted =
        [
            (options.AzuritePort, "Azurite's blobs", "--azurite-port"),
            (options.AzuritePort + 1, "Azurite's queues", "--azurite-port"),
            (options.AzuritePort + 2, "Azurite's tables", "--azurite-port"),
            (options.AnvilPort, "anvil", "--anvil-port"),
            (options.Port, "the function app", "--port"),
            .. options.Split ? [(options.SignerPort, "the signer", "--port"), (options.SenderPort, "the sender", "--port")] : Array.Empty<(int, string, string)>(),
        ];
        if (wanted.GroupBy(w => w.Port).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new StackFailure($"Port {twice.Key} is chosen for {string.Join(" and ", twice.Select(t => t.User))}: choose another with {twice.Last().Option}.");
        }

        foreach (var (port, user, option) in wanted)
        {
            if (IsTaken(port))
            {
                throw new StackFailure($"Port {port} is in use, and {user} would need it: stop the program that holds it, or choose another with {option}.");
            }
        }
    }

    /// <summary>True when something accepts connections there.</summary>
    public static async Task<bool> AcceptsAsync(int port, CancellationToken cancellation)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool IsTaken(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
