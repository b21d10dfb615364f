using Custody.Chains.Evm;

namespace Custody.Chains.Tests.Evm.Quorum;

/// <summary>Answers of providers that are called a, b, c, …; "silent" is one without an answer.</summary>
internal static class Answers
{
    public static IReadOnlyList<ProviderAnswer<T>> Of<T>(params (T Value, bool Answers)[] said) =>
        [.. said.Select((s, i) => new ProviderAnswer<T>($"{(char)('a' + i)}", s.Value, s.Answers ? null : "It did not answer."))];

    public static (T Value, bool Answers) Says<T>(T value) => (value, true);

    public static (T Value, bool Answers) Silent<T>(T nothing) => (nothing, false);
}
