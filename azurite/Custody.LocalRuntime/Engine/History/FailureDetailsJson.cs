using System.Text.Json;
using Microsoft.DurableTask;

namespace Custody.LocalRuntime.Engine.History;

/// <summary>The FailureDetails column, with the official member names.</summary>
internal static class FailureDetailsJson
{
    private const string Null = "null";

    private sealed record Shape(string ErrorType, string ErrorMessage, string? StackTrace, Shape? InnerFailure, bool IsNonRetriable);

    public static string Write(TaskFailureDetails? failure) => failure is null ? Null : JsonSerializer.Serialize(ToShape(failure));

    public static TaskFailureDetails? Read(string? text)
    {
        try
        {
            return text is null or Null or "" ? null : FromShape(JsonSerializer.Deserialize<Shape>(text)!);
        }
        catch (JsonException e)
        {
            throw new HistoryUnreadableException($"FailureDetails is not readable: {e.Message}");
        }
    }

    private static Shape ToShape(TaskFailureDetails failure) => new(
        failure.ErrorType, failure.ErrorMessage, failure.StackTrace, failure.InnerFailure is { } inner ? ToShape(inner) : null, false);

    private static TaskFailureDetails FromShape(Shape shape) => new(
        shape.ErrorType ?? "(unknown)", shape.ErrorMessage ?? "", shape.StackTrace, shape.InnerFailure is { } inner ? FromShape(inner) : null, null);
}
