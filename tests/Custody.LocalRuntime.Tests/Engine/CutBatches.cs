using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Custody.LocalRuntime.Tests.Engine;

/// <summary>Lets some batches through, then makes every request fail before it is sent, as a dead process would.</summary>
internal sealed class CutBatches(int after) : HttpPipelineSynchronousPolicy
{
    private int _batches;

    public override void OnSendingRequest(HttpMessage message)
    {
        var isBatch = message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal);
        if ((isBatch ? Interlocked.Increment(ref _batches) : Volatile.Read(ref _batches)) > after)
        {
            throw new RequestFailedException(400, "The test has cut storage off.");
        }
    }
}
