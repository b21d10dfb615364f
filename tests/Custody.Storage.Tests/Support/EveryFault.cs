namespace Custody.Storage.Tests.Support;

/// <summary>
/// Runs an operation once for each request that it makes, failing that one; then once more as a healthy process would, and
/// looks at the result. Every run works on an id of its own.
/// </summary>
public static class EveryFault
{
    public static async Task RunAsync(
        Place place,
        Fault fault,
        Func<CustodyStorage, string, Task> arrange,
        Func<CustodyStorage, string, Task> act,
        Func<CustodyStorage, string, Task> assert)
    {
        var healthy = place.Open();
        for (var number = 1; ; number++)
        {
            Assert.True(number < 100, "The operation makes more requests than can be meant.");
            var id = Sample.WithdrawalId($"{fault}-{number}");
            await arrange(healthy, id);
            var tap = new RequestTap();
            tap.Choose(number, fault);
            try
            {
                await act(place.Open(tap), id);
            }
            catch (CrashException)
            {
                Assert.True(tap.Reached);
            }

            if (!tap.Reached)
            {
                Assert.True(number > 1, "The operation made no request.");
                return;
            }

            // Another process, with nothing remembered.
            var restarted = place.Open();
            await act(restarted, id);
            await assert(restarted, id);
        }
    }
}
