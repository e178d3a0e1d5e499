from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0002_order")]
    operations = [migrations.AddField("customer", "email", models.EmailField(max_length=254, null=True, unique=True))]
