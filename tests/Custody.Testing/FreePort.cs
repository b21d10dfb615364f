using System.Net;
using System.Net.Sockets;

namespace Custody.Testing;

/// <summary>Loopback ports that nothing listens on.</summary>
public static class FreePort
{
    /// <summary>Takes <paramref name="count"/> distinct free ports; all are bound at once so that none is given out twice.</summary>
    public static int[] Take(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        try
        {
            return [.. listeners.Select(l =>
            {
                l.Start();
                return ((IPEndPoint)l.LocalEndpoint).Port;
            })];
        }
        finally
        {
            listeners.ForEach(l => l.Stop());
        }
    }
}
