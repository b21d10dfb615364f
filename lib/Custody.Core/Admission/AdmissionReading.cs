using Custody.Core.Results;
using Custody.Core.Screening;

namespace Custody.Core.Admission;

/// <summary>The outcome of admission: what was admitted only when the verdict allows.</summary>
/// <param name="Verdict">Whether the request may become an intent.</param>
/// <param name="Stage">The stage that answered: validate, whitelist, screen or policy.</param>
/// <param name="Admitted">What the stages found, when they all allow.</param>
/// <param name="Screening">What screening found, where it was reached.</param>
public readonly record struct AdmissionReading(Verdict Verdict, string Stage, Admitted? Admitted, ScreeningReading? Screening = null);
