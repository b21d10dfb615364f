using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Custody.LocalRuntime.Engine.Dispatch;

/// <summary>The live instances of this host, and the queue of those that have something to do.</summary>
internal sealed class InstanceDirectory
{
    private readonly ConcurrentDictionary<string, InstanceSlot> _slots = new(StringComparer.Ordinal);
    private readonly Channel<InstanceSlot> _ready = Channel.CreateUnbounded<InstanceSlot>();

    public ICollection<InstanceSlot> All => _slots.Values;

    public ChannelReader<InstanceSlot> Ready => _ready.Reader;

    public InstanceSlot? Find(string instanceId) => _slots.GetValueOrDefault(instanceId);

    /// <summary>Adds an instance; one of the same id that has ended makes room.</summary>
    public void Put(InstanceSlot slot) => _slots[slot.InstanceId] = slot;

    /// <summary>The instance of that id, made when there is none yet.</summary>
    public InstanceSlot Adopt(string instanceId, Func<InstanceSlot> make) => _slots.GetOrAdd(instanceId, _ => make());

    public void Remove(InstanceSlot slot) => _slots.TryRemove(KeyValuePair.Create(slot.InstanceId, slot));

    /// <summary>Gives an instance a message; false when it has ended.</summary>
    public bool Send(InstanceSlot slot, InstanceMessage message)
    {
        var accepted = slot.TryAdd(message, out var wake);
        if (wake)
        {
            _ready.Writer.TryWrite(slot);
        }

        return accepted;
    }

    /// <summary>Ends an instance's turn, and queues it again when more has come.</summary>
    public void EndTurn(InstanceSlot slot)
    {
        if (slot.EndTurn())
        {
            _ready.Writer.TryWrite(slot);
        }
    }
}
