namespace Custody.Core.Screening;

/// <summary>A sanctioned address.</summary>
/// <param name="Address">The address, as <see cref="SanctionedAddress.Canonical"/> writes it.</param>
/// <param name="Asset">The currency that the list names, such as <c>XBT</c>; it is shown and never narrows the match.</param>
/// <param name="Entry">The list's entry: its uid or the party's number.</param>
/// <param name="Name">The party, for people.</param>
public sealed record SanctionsEntry(string Address, string Asset, string Entry, string Name);
