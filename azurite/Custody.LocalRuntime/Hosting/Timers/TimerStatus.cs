using Azure;
using Microsoft.Azure.Functions.Worker;

namespace Custody.LocalRuntime.Hosting.Timers;

/// <summary>A schedule's stored status with the version that a write of it must replace; no version when nothing is stored.</summary>
internal sealed record TimerStatus(ScheduleStatus Schedule, ETag? Version);
