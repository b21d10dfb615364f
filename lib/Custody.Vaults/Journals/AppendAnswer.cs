using Custody.Core.Journals;
using Custody.Core.Results;

namespace Custody.Vaults.Journals;

/// <summary>What became of a line that another role handed to the signer.</summary>
public abstract record AppendAnswer
{
    private AppendAnswer()
    {
    }

    /// <summary>It is the journal's newest line.</summary>
    /// <param name="Head">The head that it made.</param>
    public sealed record Appended(JournalHead Head) : AppendAnswer;

    /// <summary>The journal is not at the head that was decided at: decide again.</summary>
    public sealed record Conflict : AppendAnswer;

    /// <summary>Nothing signed speaks for it, or the role may not say it.</summary>
    public sealed record Refused(RefusalCode Code, string Detail) : AppendAnswer;
}
