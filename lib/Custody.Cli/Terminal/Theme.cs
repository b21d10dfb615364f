using Custody.Core.Reading;
using Spectre.Console;

namespace Custody.Cli.Terminal;

/// <summary>The few ways in which the terminal speaks. Whatever comes from elsewhere passes through <see cref="Text"/>.</summary>
internal static class Theme
{
    /// <summary>Plain text, safe in the terminal and in markup.</summary>
    public static string Text(string? text) => Markup.Escape(SafeText.Of(text));

    public static string Quiet(string? text) => $"[grey]{Text(text)}[/]";

    public static string Strong(string? text) => $"[bold]{Text(text)}[/]";

    public static string Good(string? text) => $"[green]{Text(text)}[/]";

    public static string Bad(string? text) => $"[red]{Text(text)}[/]";

    public static string Attention(string? text) => $"[yellow]{Text(text)}[/]";
}
