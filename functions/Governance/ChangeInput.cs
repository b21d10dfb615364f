namespace Custody.Functions.Governance;

/// <summary>The input of a change's activity. The instance's own id says which change; nothing else is believed.</summary>
/// <param name="Version">Always 1.</param>
public sealed record ChangeInput(int Version);
