namespace Custody.LocalRuntime.Hosting;

/// <summary>The host cannot start for a reason that its user can mend; the message is one whole sentence.</summary>
internal sealed class StartRefusedException(string message, Exception? cause = null) : Exception(message, cause);
