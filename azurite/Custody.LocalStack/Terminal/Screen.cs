using System.Globalization;
using Spectre.Console;

namespace Custody.LocalStack.Terminal;

/// <summary>How the stack speaks: a line for each step that was done, with the time that it took.</summary>
internal sealed class Screen(IAnsiConsole console, bool isTerminal, TimeProvider time)
{
    private const int LabelWidth = 18;

    public static Screen OfProcess(TimeProvider time)
    {
        if (Console.IsOutputRedirected)
        {
            // What goes to a file is never folded.
            AnsiConsole.Profile.Width = 4096;
        }

        return new Screen(AnsiConsole.Console, !Console.IsOutputRedirected, time);
    }

    /// <summary>Does a step, with a spinner where there is a terminal, and says what <paramref name="describe"/> makes of its result.</summary>
    public async Task<T> StepAsync<T>(string label, Func<Task<T>> work, Func<T, string> describe)
    {
        var begun = time.GetTimestamp();
        var result = isTerminal
            ? await console.Status().Spinner(Spinner.Known.Dots).SpinnerStyle(Style.Parse("grey")).StartAsync($"[grey]{Markup.Escape(label)}[/]", _ => work())
            : await work();
        Done(label, describe(result), time.GetElapsedTime(begun));
        return result;
    }

    /// <summary>A line about a step that is done.</summary>
    public void Done(string label, string detail, TimeSpan took) =>
        console.MarkupLine($"  [green]✓[/] {Markup.Escape(label.PadRight(LabelWidth))} [grey]{Seconds(took),7}[/]  {Markup.Escape(detail)}");

    /// <summary>A line about something that happened on the way of a withdrawal.</summary>
    public void Event(string stage, string what, TimeSpan at) =>
        console.MarkupLine($"    {Markup.Escape(stage.PadRight(LabelWidth))} [grey]{Seconds(at),7}[/]  {Markup.Escape(what)}");

    /// <summary>A heading with room above it.</summary>
    public void Heading(string text)
    {
        console.WriteLine();
        console.MarkupLine($"[bold]{Markup.Escape(text)}[/]");
        console.WriteLine();
    }

    /// <summary>A fact under a heading.</summary>
    public void Fact(string label, string value) => console.MarkupLine($"    {Markup.Escape(label.PadRight(LabelWidth))} {Markup.Escape(value)}");

    /// <summary>Text to copy.</summary>
    public void Copy(string text) => console.MarkupLine($"    [blue]{Markup.Escape(text)}[/]");

    /// <summary>A quiet sentence.</summary>
    public void Note(string text) => console.MarkupLine($"    [grey]{Markup.Escape(text)}[/]");

    /// <summary>Room.</summary>
    public void Space() => console.WriteLine();

    /// <summary>Why the stack cannot go on; on standard error, as a script expects.</summary>
    public void Fail(string sentence)
    {
        console.WriteLine();
        Console.Error.WriteLine(sentence);
    }

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";
}
