namespace Custody.Core.Reading;

/// <summary>Lines that share how far they can be believed.</summary>
/// <param name="Heading">Says it.</param>
/// <param name="IsSigned">True when every line was verified from signatures on this device.</param>
/// <param name="Lines">The lines.</param>
public sealed record ReadingSection(string Heading, bool IsSigned, IReadOnlyList<ReadingLine> Lines);
