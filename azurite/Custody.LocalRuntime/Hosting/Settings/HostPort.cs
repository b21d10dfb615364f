using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace Custody.LocalRuntime.Hosting.Settings;

/// <summary>The loopback port that the host listens on.</summary>
internal static class HostPort
{
    public const int Default = 7071;

    /// <summary><c>--port</c>, then FUNCTIONS_PORT, then local.settings.json's Host.LocalHttpPort, then 7071; 0 takes a free one.</summary>
    public static int Read(HostArguments arguments, IConfiguration configuration, LocalSettings local, StartProblems problems)
    {
        var text = arguments.Port ?? configuration["FUNCTIONS_PORT"] ?? local.Port;
        if (text is null)
        {
            return Default;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort)
        {
            return port;
        }

        problems.Add($"The port is '{text}', expected a number up to {IPEndPoint.MaxPort}.");
        return Default;
    }

    /// <summary>True when something listens there already.</summary>
    public static bool IsTaken(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            probe.Listen();
            return false;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            return true;
        }
    }

    public static string TakenMessage(int port) =>
        $"Port {port} is in use: stop the program that holds it, or choose another with --port.";
}
