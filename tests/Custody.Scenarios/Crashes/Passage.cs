namespace Custody.Scenarios.Crashes;

/// <summary>What the caller of a side effect gets to know.</summary>
internal enum Passage
{
    /// <summary>Nothing: the connection breaks.</summary>
    Silence = 0,

    /// <summary>That it did not happen.</summary>
    Refusal,

    /// <summary>Its answer.</summary>
    Answer,
}
