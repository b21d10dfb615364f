namespace Custody.Cli.Terminal;

/// <summary>A withdrawal's status with the colour that fits it.</summary>
internal static class StatusText
{
    public static string Of(string? status) => status switch
    {
        "settled" => Theme.Good(status),
        "held" or "reorged" => Theme.Attention(status),
        "rejected" or "failed" or "expired" or "cancelled" => Theme.Bad(status),
        _ => Theme.Text(status),
    };
}
