namespace Custody.LocalStack;

/// <summary>The stack cannot go on; the message is one sentence for the person at the terminal.</summary>
internal sealed class StackFailure(string sentence) : Exception(sentence);
