using System.Runtime.CompilerServices;

namespace PetShop.TestHost;

/// <summary>Waits for what a background job or an announcement brings about.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), Pause = TimeSpan.FromMilliseconds(50);

    /// <exception cref="TimeoutException">It did not come about within twenty seconds.</exception>
    public static async Task UntilAsync(Func<Task<bool>> holds, [CallerArgumentExpression(nameof(holds))] string what = "")
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Pause)
        {
            if (await holds())
                return;
            await Task.Delay(Pause);
        }
        throw new TimeoutException($"This did not come about within {Patience.TotalSeconds:0} seconds: {what}");
    }
}
