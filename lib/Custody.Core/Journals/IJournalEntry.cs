namespace Custody.Core.Journals;

/// <summary>One line of a journal: canonical JSON whose hash the next line names.</summary>
public interface IJournalEntry
{
    /// <summary>0 for genesis, then one more each.</summary>
    long Sequence { get; }

    /// <summary>Hash of the line before, hex; of genesis, the trust root.</summary>
    string Previous { get; }

    /// <summary>When it was appended, by the writer's clock.</summary>
    DateTimeOffset At { get; }
}
