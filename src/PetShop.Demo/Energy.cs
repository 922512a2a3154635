namespace PetShop.Demo;

/// <summary>Daily energy of dogs and cats.</summary>
internal static class Energy
{
    /// <summary>Resting energy in kcal a day: 70 times body weight in kilos to the power 3/4 (Kleiber).</summary>
    public static double Resting(double kilos) => 70 * Math.Pow(kilos, 0.75);
}
