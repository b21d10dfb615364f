using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Custody.LocalStack;
using Custody.LocalStack.Terminal;

[assembly: UnsupportedOSPlatform("windows")]

using var stop = new CancellationTokenSource();

// Cancelled rather than ended: what was started is stopped in its order, and what it holds is saved.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);

var screen = Screen.OfProcess(TimeProvider.System);
return await StackCommand.Create(screen, TimeProvider.System).Parse(args).InvokeAsync(cancellationToken: stop.Token);

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
