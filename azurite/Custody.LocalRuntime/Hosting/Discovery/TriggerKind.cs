namespace Custody.LocalRuntime.Hosting.Discovery;

/// <summary>What starts a function.</summary>
internal enum TriggerKind
{
    Http,
    Timer,
    Orchestration,
    Activity,
}
