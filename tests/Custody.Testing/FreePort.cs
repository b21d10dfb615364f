using System.Net;
using System.Net.Sockets;

namespace Custody.Testing;

/// <summary>
/// Loopback ports that nothing listens on, from below the range that outgoing connections take theirs from: a port of that
/// range may be taken by any connection between here and the server's start.
/// </summary>
public static class FreePort
{
    private const int First = 10_000;
    private const int Count = 22_000;

    // Test processes run side by side; each begins somewhere else and gives no port out twice.
    private static int _next = Environment.ProcessId * 131 % Count;

    /// <summary>Takes <paramref name="count"/> distinct free ports.</summary>
    public static int[] Take(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    private static int Next()
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var port = First + ((Interlocked.Increment(ref _next) & int.MaxValue) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"Every port from {First} to {First + Count - 1} is in use.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
