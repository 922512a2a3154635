namespace PetShop.Web.Checkout;

/// <summary>Checkout: delivery, ways to pay, and the desk that makes orders.</summary>
public static class CheckoutServices
{
    public static void AddCheckout(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<DeliveryOptions>().BindConfiguration("Delivery").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<Delivery>();
        builder.Services.AddSingleton<OrderLetters>();
        builder.Services.AddSingleton<IPaymentGateway, InvoiceGateway>();
        builder.Services.AddSingleton<IPaymentGateway, CashOnDeliveryGateway>();
        // Never where money is real: a test number would be a free order.
        if (builder.Environment.IsDevelopment())
            builder.Services.AddSingleton<IPaymentGateway, TestCardGateway>();
        builder.Services.AddScoped<CheckoutDesk>();
        builder.Services.AddSingleton<PaymentReleases>().AddHostedService(services => services.GetRequiredService<PaymentReleases>());
    }
}
