namespace Custody.Core.Screening;

/// <summary>Screens an address. What goes wrong is an answer too, <see cref="ScreeningResult.Unavailable"/>; nothing is thrown but cancellation.</summary>
public interface IScreener
{
    /// <summary>Screens a subject.</summary>
    Task<ScreeningResult> ScreenAsync(ScreeningSubject subject, CancellationToken cancellation);
}
