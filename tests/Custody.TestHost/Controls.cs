namespace Custody.TestHost;

/// <summary>What the doubles do: the content of the controls file.</summary>
/// <param name="ClockOffsetSeconds">How far the app's clock is ahead of the machine's.</param>
/// <param name="Vault">How the vaults behave, see <see cref="LyingVault"/>.</param>
/// <param name="Assembler">How the assembler behaves, see <see cref="LyingAssembler"/>.</param>
/// <param name="Store">How the store of withdrawals behaves, see <see cref="LyingStore"/>.</param>
/// <param name="SelfTest">Which of the start's self-tests finds something wrong, see <see cref="WrongAnswers"/>.</param>
/// <param name="Builder">How the builder behaves, see <see cref="LyingBuilder"/>.</param>
/// <param name="Effects">Where a runner that counts effects is asked before each signature, see <see cref="TappedVault"/>; null: nobody is.</param>
public sealed record Controls(
    long ClockOffsetSeconds = 0, string Vault = "honest", string Assembler = "honest", string Store = "honest", string SelfTest = "honest", string Builder = "honest", string? Effects = null);
