using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Custody.Storage.Tests.Support;

/// <summary>What happens to the chosen request.</summary>
public enum Fault
{
    /// <summary>It is not sent; the client library may try again.</summary>
    NotSent,

    /// <summary>The server applies it, the answer is lost; the client library may try again.</summary>
    AnswerLost,

    /// <summary>The process dies before it is sent: neither it nor anything later is.</summary>
    CrashBefore,

    /// <summary>The process dies when the server has applied it.</summary>
    CrashAfter,
}

/// <summary>The process that would have died.</summary>
public sealed class CrashException : Exception;

/// <summary>Counts the requests on the wire and fails the chosen one.</summary>
public sealed class RequestTap : HttpPipelinePolicy
{
    private int _count;
    private int _chosen;
    private Fault _fault;

    public ConcurrentQueue<string> Log { get; } = [];

    public int Count => _count;

    /// <summary>True when the chosen request came.</summary>
    public bool Reached => _chosen > 0 && _count >= _chosen;

    public void Choose(int number, Fault fault) => (_chosen, _fault) = (number, fault);

    public void Reset()
    {
        _count = 0;
        Log.Clear();
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("Every call is asynchronous.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var number = Interlocked.Increment(ref _count);
        Log.Enqueue($"{message.Request.Method} {message.Request.Uri.ToUri().PathAndQuery}");
        var dead = _chosen > 0 && number > _chosen && (_fault is Fault.CrashBefore or Fault.CrashAfter);
        if (dead || (number == _chosen && _fault == Fault.CrashBefore))
        {
            throw new CrashException();
        }

        if (number == _chosen && _fault == Fault.NotSent)
        {
            throw new IOException("not sent");
        }

        await ProcessNextAsync(message, pipeline);
        if (number == _chosen && _fault == Fault.AnswerLost)
        {
            throw new IOException("answer lost");
        }

        if (number == _chosen && _fault == Fault.CrashAfter)
        {
            throw new CrashException();
        }
    }
}
