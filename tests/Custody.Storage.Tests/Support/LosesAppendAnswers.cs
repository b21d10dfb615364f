using Azure.Core;
using Azure.Core.Pipeline;

namespace Custody.Storage.Tests.Support;

/// <summary>Lets the server apply the first append and loses its answer and those of the tries after it.</summary>
public sealed class LosesAppendAnswers(int times) : HttpPipelinePolicy
{
    private int _left = times;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("Every call is asynchronous.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (message.Request.Method == RequestMethod.Put && message.Request.Uri.Query.Contains("appendblock", StringComparison.Ordinal) && Interlocked.Decrement(ref _left) >= 0)
        {
            throw new IOException("answer lost");
        }
    }
}
