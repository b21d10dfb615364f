namespace Custody.LocalRuntime.Engine.Dispatch;

/// <summary>Answers those who sent messages: only after the commit that holds them.</summary>
internal static class Acknowledgements
{
    public static void Give(InstanceSlot slot, List<InstanceMessage> messages)
    {
        foreach (var message in messages)
        {
            if (message is { Acknowledge: { } acknowledge, AwaitRow: true })
            {
                _ = slot.Row.Settled.ContinueWith(_ => acknowledge.TrySetResult(), TaskScheduler.Default);
            }
            else
            {
                message.Acknowledge?.TrySetResult();
            }
        }
    }

    public static void Refuse(List<InstanceMessage> messages, Exception reason) =>
        messages.ForEach(message => message.Acknowledge?.TrySetException(reason));
}
