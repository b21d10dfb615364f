namespace Custody.Core.Whitelisting;

/// <summary>A line of an import file.</summary>
/// <param name="Number">The line's number in the file, from 1.</param>
/// <param name="EntryId">The entry's id.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="Chain">The chain, CAIP-2.</param>
/// <param name="Address">The address as it was typed.</param>
/// <param name="Label">For people.</param>
/// <param name="Problem">What is wrong with the line's form; null when nothing is.</param>
public sealed record ImportLine(int Number, string EntryId, string CustomerId, string Chain, string Address, string Label, string? Problem);
